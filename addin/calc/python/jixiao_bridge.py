"""The UNO service ``jixiao.Bridge``: Calc's side of the way from a cell to Python.

The VBA host module JxHost calls it in Calc where it calls xlwings' COM server in Excel:

- ``CallUDF(module, name, arguments, rest)`` calls a function of the table,
- ``Run(module, name, document)`` calls a macro with the document it is to work on.
"""

from __future__ import annotations

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.script import XInvocation
from jixiao_calls import add_package_paths, call_function, run_macro

SERVICE = "jixiao.Bridge"
IMPLEMENTATION = "jixiao.BridgeImplementation"

METHODS = {"CallUDF": call_function, "Run": run_macro}


class Bridge(unohelper.Base, XInvocation, XServiceInfo):
    """Late-bound methods for Basic."""

    def __init__(self, context):
        add_package_paths()

    def invoke(self, name, parameters, out_indices, out_values):
        return METHODS[name](*parameters), (), ()

    def hasMethod(self, name):
        return name in METHODS

    def hasProperty(self, name):
        return False

    def getValue(self, name):
        return None

    def setValue(self, name, value):
        pass

    def getIntrospection(self):
        return None

    def getImplementationName(self):
        return IMPLEMENTATION

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Bridge, IMPLEMENTATION, (SERVICE,))
