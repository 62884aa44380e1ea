"""The UNO service ``jixiao.Menu``: the menu 绩效自评 of Calc.

``Addons.xcu`` lists the entries; each sends the name of a macro here, which is run on the document
in front, as the ribbon's buttons do in Excel.
"""

from __future__ import annotations

import unohelper
from com.sun.star.awt.MessageBoxType import INFOBOX
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJobExecutor
from jixiao_calls import add_package_paths, run_macro

SERVICE = "jixiao.Menu"
IMPLEMENTATION = "jixiao.MenuImplementation"

TITLE = "绩效自评"
ONLY_OK = 1


class Menu(unohelper.Base, XJobExecutor, XServiceInfo):
    """Runs the macro that a menu entry names, and shows what it has to say."""

    def __init__(self, context):
        self.context = context
        add_package_paths()

    def trigger(self, macro):
        document = self.service("com.sun.star.frame.Desktop").getCurrentComponent()
        if document is None:
            return
        message = run_macro("jixiao.macros", macro, document)
        if message:
            self.show(document, message)

    def show(self, document, message):
        window = document.getCurrentController().getFrame().getContainerWindow()
        toolkit = self.service("com.sun.star.awt.Toolkit")
        box = toolkit.createMessageBox(window, INFOBOX, ONLY_OK, TITLE, message)
        box.execute()
        box.dispose()

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def getImplementationName(self):
        return IMPLEMENTATION

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Menu, IMPLEMENTATION, (SERVICE,))
