"""What runs on the staff's PC before the package is there; copied into the kit as it is.

`install.cmd` finds a fit Python (`fitness.py` is the judge) and hands over to `install.py`, which
uses nothing but the standard library. `uninstall.cmd` takes everything back.
"""
