// The kernels for one number, in JavaScript: what `export --to javascript` inlines.
// The formulas and coefficients are those of kernels/scalar.py.

const ERFCX_SERIES = [
  0.2375126308378276,
  -0.14024059858554697,
  0.003585415485463775,
  0.08227673849014516,
  -0.10880393014171785,
  0.09230432116037876,
  -0.058693398590212366,
  0.028362277418940665,
  -0.009746579552504244,
  0.0017556258530017257,
  0.0002937136342850081,
  -0.0002901540809795271,
  5.1649211390702855e-05,
  2.2384240314224437e-05,
  -1.1444412439171722e-05,
  -9.735619015182663e-07,
  1.752057970166318e-06,
  -5.721597255990987e-08,
  -2.591069687796658e-07,
  2.3261913276696566e-08,
  3.8965452548985966e-08,
  -3.743568033634583e-09,
  -5.28428697963142e-09,
  3.110310719839165e-10,
  4.434959070009628e-10,
];

// erf(x)/x in powers of x², for |x| ≤ 0.85
const ERF_SERIES = [
  1.1283791670955126,
  -0.3761263890318335,
  0.11283791670932594,
  -0.026866170640255645,
  0.00522397757126982,
  -0.0008548323506677763,
  0.00012055190337021296,
  -1.4921921653420798e-05,
  1.6399123262977372e-06,
  -1.5697115571004142e-07,
  1.0675693706713948e-08,
];

const TAIL = [
  -0.08554497767333746,
  -0.1766779780889759,
  0.07237305205849115,
  0.004430050249583914,
  -0.042827269135445795,
  0.04861015693247957,
  -0.03645993263803137,
  0.020442962727146505,
  -0.0085048018631741,
  0.002317426899319306,
  -0.00016294158511755494,
  -0.00018111905573411864,
  7.771725004836396e-05,
  -9.700478236063294e-07,
  -9.387245331819985e-06,
  2.119900416392124e-06,
  8.967666007404138e-07,
  -4.305395600784362e-07,
  -8.552932564713321e-08,
  6.952726592592023e-08,
  1.2250486754131948e-08,
  -8.134517699224172e-09,
  -2.2862630509047214e-09,
];

// [s, e] with s = fl(a + b) and s + e = a + b exactly
function addExactly(a, b) {
  const s = a + b;
  const t = s - a;
  return [s, (a - (s - t)) + (b - t)];
}

// [p, e] with p = fl(a b) and p + e = a b exactly
function multiplyExactly(a, b) {
  const p = a * b;
  let t = 134217729 * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = 134217729 * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  return [p, ((aHigh * bHigh - p) + aHigh * bLow + aLow * bHigh) + aLow * bLow];
}

// c₀ + c₁x + … as [high, low], by Horner's scheme in double-double
function polynomialExactly(x, coefficients) {
  let [high, low] = coefficients[coefficients.length - 1];
  for (let k = coefficients.length - 2; k >= 0; k--) {
    let [p, e] = multiplyExactly(high, x);
    e += low * x;
    const [cHigh, cLow] = coefficients[k];
    if (cHigh !== 0) {
      const [s, lost] = addExactly(p, cHigh);
      p = s;
      e += lost + cLow;
    }
    [high, low] = addExactly(p, e);
  }
  return [high, low];
}

// exp(c₀ + c₁x + …), the exponent to twice the working precision
function expPolynomial(x, coefficients) {
  const [high, low] = polynomialExactly(x, coefficients);
  const e = Math.exp(high);
  return e + e * low;
}

// exp(high + low) as [high, low], to about 2**-70
function expExactly(high, low) {
  const k = Math.round(high / 0.6931471805599453);
  let [p, e] = multiplyExactly(k, 0.6931471805599453);
  let [r, lost] = addExactly(high, -p);
  [r, lost] = addExactly(r, lost - e - k * 2.3190468138462996e-17 + low);
  r /= 256;
  lost /= 256;
  let [square, rest] = multiplyExactly(r, r);
  const cubic = r * square * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720)));
  let q;
  [q, e] = addExactly(r, square * 0.5);
  [q, e] = addExactly(q, e + (lost + r * lost + rest * 0.5 + cubic));
  for (let step = 0; step < 8; step++) {
    [square, rest] = multiplyExactly(q, q);
    const [doubled, carried] = addExactly(2 * q, square);
    [q, e] = addExactly(doubled, carried + (rest + 2 * e + 2 * q * e));
  }
  const [one, carried] = addExactly(1, q);
  return [one * 2 ** k, (carried + e) * 2 ** k];
}

// exp(P(x) + c exp(Q(x))); payload is [P, c, Q], every number a [high, low] pair
function expTower(x, payload) {
  const [outer, [cHigh, cLow], inner] = payload;
  let [high, low] = polynomialExactly(x, inner);
  [high, low] = expExactly(Math.min(Math.max(high, -700), 600), low);
  let [product, e] = multiplyExactly(cHigh, high);
  e += cHigh * low + cLow * high;
  const [pHigh, pLow] = polynomialExactly(x, outer);
  let [total, lost] = addExactly(pHigh, product);
  [total, lost] = addExactly(total, lost + e + pLow);
  const result = Math.exp(Math.min(Math.max(total, -1e4), 709.782712893384));
  return result + result * lost;
}

// 2**128 a
function scaledUp(a) {
  return a * 2 ** 128;
}

// sin(high + low + lowest), reduced by multiples of π in three parts
function sineOfSum(high, low, lowest) {
  const k = Math.round(high / 3.141592653589793);
  if (Math.abs(k) > 2 ** 20) return Math.sin(high) * Math.cos(low) + Math.cos(high) * Math.sin(low);
  const [start, first] = addExactly(high - k * 3.1415926534682512, -k * 1.2154201012607932e-10);
  const [part, second] = addExactly(low, -k * 4.044532497591901e-21);
  const [rest, third] = addExactly(part, first);
  const [r, fourth] = addExactly(start, rest);
  const lost = fourth + (lowest + second + third);
  const result = Math.sin(r) + lost * Math.cos(r);
  return k % 2 !== 0 ? -result : result;
}

// sin(c₀ + c₁x + …), the argument to twice the working precision
function sinPolynomial(x, coefficients) {
  const [high, low] = polynomialExactly(Math.min(Math.max(x, -(2 ** 700)), 2 ** 700), coefficients);
  return sineOfSum(high, low, 0);
}

// cos(c₀ + c₁x + …), as the sine of π/2 more
function cosPolynomial(x, coefficients) {
  const [high, low] = polynomialExactly(Math.min(Math.max(x, -(2 ** 700)), 2 ** 700), coefficients);
  const [sum, first] = addExactly(high, 1.5707963267948966);
  const [part, second] = addExactly(low, first);
  const [rest, third] = addExactly(part, 6.123233995736766e-17);
  return sineOfSum(sum, rest, second + third - 1.4973849048591833e-33);
}

// (x − centre − low)^order · (p₀ + p₁u + …) with u = x − centre
function polynomial(x, centre, low, order, constantLow, coefficients) {
  const u = x - centre;
  let p = 0;
  for (let k = coefficients.length - 1; k > 0; k--) p = p * u + coefficients[k];
  let result = coefficients[0] + (constantLow + u * p);
  for (let k = 0; k < order; k++) result *= u - low;
  for (let k = 0; k < -order; k++) result /= u - low;
  return result;
}

// Horner's scheme, constant term first
function series(coefficients, u) {
  let p = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) p = p * u + coefficients[k];
  return p;
}

// exp(t²) erfc(t)
function erfcx(t) {
  if (t < 0) {
    const [high, low] = multiplyExactly(t, t);
    const e = Math.exp(high);
    return e < Infinity ? 2 * (e + e * low) - erfcx(-t) : e;
  }
  const y = t < 1e300 ? (t - 3.75) / (t + 3.75) : 1;
  return (1 + series(ERFCX_SERIES, y)) / (1 + 2 * t);
}

// erfc(x) = 1 − erf(x), without cancellation for large x
function erfc(x) {
  if (x < 0.5) return 1 - erf(x);
  const t = Math.min(x, 30);
  const [square, low] = multiplyExactly(t, t);
  const e = Math.exp(-square);
  return (e - e * low) * erfcx(t);
}

// 2/√π ∫₀ˣ exp(−t²) dt
function erf(x) {
  const t = Math.abs(x);
  if (t <= 0.85) return x * series(ERF_SERIES, x * x);
  return x !== x ? x : Math.sign(x) * (1 - erfc(t));
}

// Φ(x), the standard normal distribution
function normalCdf(x) {
  const t = Math.min(Math.abs(x), 40);
  const [square, low] = multiplyExactly(t, t);
  const p = series(TAIL, (t - 5.5) / (t + 5.5));
  const e = Math.exp(-0.5 * square);
  const upper = 0.5 * (e - e * (0.5 * low)) * (1 + p) / (1 + t);
  return x > 0 ? 1 - upper : upper;
}
