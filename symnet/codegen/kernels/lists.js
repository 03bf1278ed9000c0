// The kernels of batches: matrices as arrays of rows.

// f of every entry.
function each(f, A) {
  return A.map((row) => row.map((a) => f(a)));
}

// A + B.
function plus(A, B) {
  return A.map((row, i) => row.map((a, j) => a + B[i][j]));
}

// A ∘ B, entry times entry.
function entrywise(A, B) {
  return A.map((row, i) => row.map((a, j) => a * B[i][j]));
}

// c A.
function scaled(c, A) {
  return A.map((row) => row.map((a) => c * a));
}

// The transpose.
function transpose(A) {
  return A[0].map((_, j) => A.map((row) => row[j]));
}

// A B.
function product(A, B) {
  const columns = transpose(B);
  return A.map((row) => columns.map((column) => row.reduce((s, a, k) => s + a * column[k], 0)));
}

// n copies of a row.
function repeated(row, n) {
  return Array.from({ length: n }, () => [...row]);
}

// m copies of a column.
function widened(column, m) {
  return column.map(([a]) => Array(m).fill(a));
}

// The sum of each row, as a column.
function rowSums(A) {
  return A.map((row) => [row.reduce((s, a) => s + a, 0)]);
}

// The sum of each column, as a list.
function columnSums(A) {
  return transpose(A).map((column) => column.reduce((s, a) => s + a, 0));
}

// The sum of all entries.
function total(A) {
  return A.reduce((s, row) => row.reduce((t, a) => t + a, s), 0);
}

// exp(z) / Σ exp(z) of each row; the largest score is taken out first, so that nothing overflows.
function softmax(Z) {
  return Z.map((row) => {
    const E = row.map((z) => Math.exp(z - Math.max(...row)));
    const s = E.reduce((t, e) => t + e, 0);
    return E.map((e) => e / s);
  });
}

// log Σ exp(z) of each row, as a column.
function logsumexp(Z) {
  return Z.map((row) => {
    const m = Math.max(...row);
    return [m + Math.log(row.reduce((s, z) => s + Math.exp(z - m), 0))];
  });
}

// The entrywise maximum.
function largest(...matrices) {
  return matrices[0].map((row, i) => row.map((_, j) => Math.max(...matrices.map((A) => A[i][j]))));
}

// 1 where `chosen` is the largest of the matrices, divided by how many are; elsewhere 0.
function share(chosen, ...matrices) {
  const most = largest(...matrices);
  return chosen.map((row, i) =>
    row.map((c, j) => (c === most[i][j] ? 1 / matrices.filter((A) => A[i][j] === c).length : 0)));
}
