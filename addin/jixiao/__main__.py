"""``python -m jixiao``: works also where the scripts folder is not on the path."""

import sys

from jixiao.cli import main

sys.exit(main())
