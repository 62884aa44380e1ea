"""The UNO side of the harness: reads one JSON command a line, answers one JSON line each.

Run by a Python that has ``uno`` (the system's), never by the test's own. A command is
``{"do": name, …}``; the answer ``{"result": …}`` or ``{"error": text}``. Documents are numbers.
"""

import json
import sys
import time
import traceback

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

ALWAYS_EXECUTE_NO_WARN = 4
NEVER_EXECUTE = 0
FILTERS = {
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
}


class Approver(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to what the installation of an extension asks."""

    def getInteractionHandler(self):
        return self

    def getProgressHandler(self):
        return None

    def handle(self, request):
        approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
        for continuation in request.getContinuations():
            if continuation.queryInterface(approve):
                continuation.select()


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


class Driver:
    """One connection to one soffice."""

    def __init__(self, pipe, seconds):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        self.context = self.resolve(resolver, pipe, time.monotonic() + seconds)
        self.desktop = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", self.context
        )
        self.documents = {}

    @staticmethod
    def resolve(resolver, pipe, deadline):
        while True:
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def connect(self):
        """Nothing more: the first command of all makes the connection."""

    def add_extension(self, path):
        manager = self.context.getValueByName(
            "/singletons/com.sun.star.deployment.ExtensionManager"
        )
        url = unohelper.systemPathToFileUrl(path)
        manager.addExtension(url, (), "user", None, Approver())

    def open(self, path, macros):
        mode = ALWAYS_EXECUTE_NO_WARN if macros else NEVER_EXECUTE
        arguments = properties(Hidden=True, MacroExecutionMode=mode)
        url = unohelper.systemPathToFileUrl(path)
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, arguments)
        if document is None:
            raise RuntimeError(f"LibreOffice did not open {path}")
        number = len(self.documents)
        self.documents[number] = document
        return number

    def close(self, document):
        self.documents.pop(document).close(True)

    def recalculate(self, document):
        started = time.perf_counter()
        self.documents[document].calculateAll()
        return time.perf_counter() - started

    def is_read_only(self, document):
        return self.documents[document].isReadonly()

    def sheets(self, document):
        return list(self.documents[document].Sheets.ElementNames)

    def block(self, document, sheet, address):
        return self.documents[document].Sheets.getByName(sheet).getCellRangeByName(address)

    def write(self, document, sheet, cells):
        for address, value in cells.items():
            cell = self.block(document, sheet, address)
            if isinstance(value, dict):
                cell.setFormula(value["date"])
                cell.NumberFormat = self.date_format(document)
            elif isinstance(value, str):
                cell.setString(value)
            elif value is None:
                cell.setString("")
            else:
                cell.setValue(float(value))

    def date_format(self, document):
        """What Calc gives a cell in which a person types a date."""
        formats = self.documents[document].NumberFormats
        locale = uno.createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey("YYYY-MM-DD", locale, False)
        return key if key >= 0 else formats.addNew("YYYY-MM-DD", locale)

    def write_formula(self, document, sheet, address, formula):
        self.block(document, sheet, address).setFormula(formula)

    def write_array_formula(self, document, sheet, address, formula):
        self.block(document, sheet, address).setArrayFormula(formula)

    def insert_rows(self, document, sheet, row, count):
        self.documents[document].Sheets.getByName(sheet).Rows.insertByIndex(row - 1, count)

    def values(self, document, sheet, address):
        block = self.block(document, sheet, address)
        rows = [list(row) for row in block.getDataArray()]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    row[c] = {"error": block.getCellByPosition(c, r).getString()}
                elif value == "":
                    row[c] = None
        return rows

    def each(self, document, sheet, address, read):
        block = self.block(document, sheet, address)
        return [
            [read(block.getCellByPosition(c, r)) for c in range(block.Columns.Count)]
            for r in range(block.Rows.Count)
        ]

    def strings(self, document, sheet, address):
        return self.each(document, sheet, address, lambda cell: cell.getString())

    def formulas(self, document, sheet, address):
        return self.each(document, sheet, address, lambda cell: cell.getFormula())

    def run_macro(self, document, name, arguments):
        url = f"vnd.sun.star.script:{name}?language=Basic&location=document"
        script = self.documents[document].getScriptProvider().getScript(url)
        return script.invoke(tuple(arguments), (), ())[0]

    def choose_from_menu(self, path, macro):
        """Open a document in front and do what its menu entry does; gives the document."""
        arguments = properties(MacroExecutionMode=ALWAYS_EXECUTE_NO_WARN)
        url = unohelper.systemPathToFileUrl(path)
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, arguments)
        number = len(self.documents)
        self.documents[number] = document
        menu = self.context.ServiceManager.createInstanceWithContext("jixiao.Menu", self.context)
        menu.trigger(macro)
        return number

    def save_as(self, document, path, kind):
        url = unohelper.systemPathToFileUrl(path)
        arguments = properties(FilterName=FILTERS[kind], Overwrite=True)
        self.documents[document].storeToURL(url, arguments)

    def pause(self, seconds):
        time.sleep(seconds)

    def quit(self):
        for document in list(self.documents):
            self.close(document)
        self.desktop.terminate()


def main():
    pipe, seconds = sys.argv[1], float(sys.argv[2])
    answers = sys.stdout
    sys.stdout = sys.stderr
    driver = None
    for line in sys.stdin:
        command = json.loads(line)
        action = command.pop("do")
        try:
            driver = driver or Driver(pipe, seconds)
            answer = {"result": getattr(driver, action)(**command)}
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
