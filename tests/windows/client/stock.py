"""What ours is measured against: xlwings' own server, and its wrappers' way of calling."""

from __future__ import annotations

from windows.client.com import ComObject
from windows.client.host_module import HostModule, activate

OUR_SERVER = "from jixiao.hosts.excel_server import serve;serve('$(CLSID)')"
STOCK_SERVER = "import xlwings;xlwings.serve('$(CLSID)')"


class StockServer(HostModule):
    """Our host module with a bare xlwings server: all that xlwings imports, none of ours."""

    def server_command(self, python: str) -> str:
        """Our command with xlwings' own start of the server."""
        ours = super().server_command(python)
        assert OUR_SERVER in ours
        return ours.replace(OUR_SERVER, STOCK_SERVER)


class StockCalls(HostModule):
    """Our server, asked for anew by the DLL on each call, as xlwings' wrappers do.

    They do more that is not shown here: they read the configuration from sheets and files (in
    VBA) and hand over the workbook and the calling cell (objects of Excel).
    """

    _command = ""

    def server_for(self, attempt: int) -> ComObject:
        """Nothing is kept but the command and what the DLL keeps."""
        if not self._command:
            super().server_for(attempt)
            self._command = self.server_command(self.interpreter())
        _, live = activate(self._command, 1)
        assert isinstance(live, ComObject)
        return live
