"""`python -m bibwright` is the `bibwright` command."""

from bibwright.cli.main import main

raise SystemExit(main())
