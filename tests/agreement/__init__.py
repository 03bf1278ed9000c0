"""The second opinion: numbers from mpmath alone try to refute every proved fact; nothing here imports symnet's mathematics."""
