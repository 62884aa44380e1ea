"""Installing for Excel and Calc, removing it again, and finding out what is wrong.

`plan` says what is to be written where, `carrying_out` does it, `record` remembers it, `removal`
takes it back; `checks` are what `jixiao doctor` looks at. All of it works on a `System`, a
description of the machine, so that a fake profile tree on any machine stands for Windows.
"""
