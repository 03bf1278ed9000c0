"""``python -m symnet`` and the console script ``symnet``."""

from symnet.cli.main import main

if __name__ == "__main__":
    main()
