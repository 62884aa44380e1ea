Attribute VB_Name = "JxHost"
Option Explicit

' The way from a cell formula or a ribbon button to Python, in Excel and in LibreOffice Calc,
' from this one text in the same file.
'
' How one text serves two hosts: JX_CALC is defined nowhere. Excel therefore skips every block
' between "#If JX_CALC Then" and "#End If"; Calc ignores the two conditional lines and runs what
' stands between. So a Calc block ends in Exit, "#Else" is never used, and two alternatives of
' one declaration are never written (in Calc they would be duplicates).
'
' The text is ASCII, because Chinese in VBA source is legible only where the system's code page
' is 936. What a person reads comes from Python or from the range jixiao_messages of this file.
'
' UNPROVEN: the parts for Calc are run by the tests. The parts for Excel are carried over to
' Python line by line (tests/windows/client), and run so with xlwings' real DLL under Wine; not as
' VBA: this text has not yet been in a real Excel, and the 32-bit DLL not anywhere.
'
' The activation of the COM server is adapted from xlwings.bas 0.37.8 (XLPyLoadDLL, XLPyCommand,
' XLPy, KillPy, RunPython, GetConfigFromFile), which comes under this licence:
'
' xlwings is distributed under a BSD 3-clause license.
'
' Copyright (C) 2014-present, Zoomer Analytics LLC.
' All rights reserved.
'
' Redistribution and use in source and binary forms, with or without modification,
' are permitted provided that the following conditions are met:
'
' * Redistributions of source code must retain the above copyright notice, this
'   list of conditions and the following disclaimer.
'
' * Redistributions in binary form must reproduce the above copyright notice, this
'   list of conditions and the following disclaimer in the documentation and/or
'   other materials provided with the distribution.
'
' * Neither the name of the copyright holder nor the names of its
'   contributors may be used to endorse or promote products derived from
'   this software without specific prior written permission.
'
' THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
' ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
' WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
' DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
' ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
' (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
' LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON
' ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
' (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
' SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

' The install step copies xlwings64-<version>.dll and xlwings32-<version>.dll to these constant
' names: a Declare needs the name at compile time, and the workbook must not be tied to one
' version of xlwings. The two have different names here because Calc would take two
' alternatives for duplicates; Excel resolves a Declare only when it is first called.
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr
Private Declare PtrSafe Function Activate64 Lib "jixiao-xlwings64.dll" Alias "XLPyDLLActivateAuto" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
Private Declare PtrSafe Function Activate32 Lib "jixiao-xlwings32.dll" Alias "XLPyDLLActivateAuto" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long

Private Const FUNCTION_MODULE As String = "jixiao.udfs"
Private Const MACRO_MODULE As String = "jixiao.macros"
Private Const FAILURE As Long = -2147220504

' The live server (Excel: xlwings' COM object; Calc: the Python UNO bridge).
Private mServer As Object
' Why Python did not start. An attempt may freeze Excel for two minutes, so a sheet full of
' formulas must not repeat it; JxRun and JxRestart try anew.
Private mRefusal As String
' How often a fresh process was forced.
Private mGeneration As Long

' ---------------------------------------------------------------- called by the wrappers

' Calls the Python function: args are its fixed arguments as they came from the cell, rest the
' ParamArray. Gives the value, a table, or a Chinese sentence that says what went wrong.
Public Function JxCall(functionName, args, Optional rest)
    Dim values, attempt As Long
    On Error GoTo failed
    If IsMissing(rest) Then rest = Array()
    #If JX_CALC Then
    SettleFormulas args
    SettleFormulas rest
    JxCall = CalcResult(Bridge().CallUDF(FUNCTION_MODULE, functionName, args, rest))
    Exit Function
    #End If
    values = PlainValues(args, rest)
retry:
    JxCall = WithErrorValues(Server(attempt).CallUDF(FUNCTION_MODULE, functionName, values))
    Exit Function
failed:
    If attempt < 2 And IsConnectionLost(Err.Number) Then
        attempt = attempt + 1
        Resume retry
    End If
    JxCall = Explanation(Err.Number, Err.Description)
End Function

' ---------------------------------------------------------------- called by people

' Every button of the ribbon: its tag is the name of the macro. As Object and not As
' IRibbonControl, so that the module compiles without a reference to the Office library.
Public Sub JxRibbon(control As Object)
    Dim message
    message = JxRun(control.Tag)
    If message <> "" Then MsgBox message, vbInformation
End Sub

' Runs one macro of the Python module on the user's workbook and gives what it has to say (or
' ""). A function and not a sub: who calls it shows the text, and a Calc without a window is
' not stopped by a message box.
Public Function JxRun(macroName)
    Dim live As Object, alive As Boolean, answer, attempt As Long
    On Error GoTo failed
    mRefusal = ""
    #If JX_CALC Then
    JxRun = Bridge().Run(MACRO_MODULE, macroName, ThisComponent)
    Exit Function
    #End If
    ' A formula in a workbook from outside must not start a macro of ours.
    If TypeName(Application.Caller) = "Range" Then Exit Function
    If ActiveWorkbook Is Nothing Then Fail "JX9", "no workbook is open", ""
retry:
    ' Only this question is repeated on a lost connection: a macro is never run twice.
    Set live = Server(attempt)
    alive = live.Bool(True)
    answer = RunOnServer(live, macroName)
    If VarType(answer) = vbString Then JxRun = answer Else JxRun = ""
    Exit Function
failed:
    If Not alive And attempt < 2 And IsConnectionLost(Err.Number) Then
        attempt = attempt + 1
        Resume retry
    End If
    JxRun = Explanation(Err.Number, Err.Description)
    ' Python may have died before it could give these back.
    If alive Then
        Application.ScreenUpdating = True
        Application.StatusBar = False
    End If
End Function

' Ends the Python process, starts another and recalculates: after an update, or after a
' failure has been mended.
Public Sub JxRestart()
    On Error GoTo failed
    mRefusal = ""
    #If JX_CALC Then
    Set mServer = Nothing
    Exit Sub
    #End If
    Server 2
    Application.CalculateFull
    Exit Sub
failed:
    MsgBox Explanation(Err.Number, Err.Description), vbExclamation
End Sub

' Whether the ribbon shows our tab. Where the add-in is loaded, its tab serves every workbook
' and a template's own would be a second one. An add-in is found by its name though it is not
' counted among the workbooks.
Public Sub JxTabVisible(control As Object, ByRef shown)
    Dim loaded As Object
    shown = True
    On Error Resume Next
    Set loaded = Application.Workbooks("jixiao.xlam")
    shown = ThisWorkbook.IsAddin Or (loaded Is Nothing)
End Sub

' Tells the function wizard the Chinese texts of the functions: a row of jixiao_function_help is
' name, category, description and the help of each argument. Called when the file is opened;
' UNPROVEN, and where Excel refuses, the functions work without their help. Calc has no such
' wizard for VBA functions.
Public Sub JxDescribe()
    Dim table As Object, helps() As String, r As Long, c As Long, last As Long, wasSaved As Boolean
    #If JX_CALC Then
    Exit Sub
    #End If
    On Error Resume Next
    Set table = ThisWorkbook.Names("jixiao_function_help").RefersToRange
    If table Is Nothing Then Exit Sub
    wasSaved = ThisWorkbook.Saved
    For r = 1 To table.Rows.Count
        ' As many helps as the function has arguments; the cells after them are blank.
        last = Application.WorksheetFunction.CountA(table.Rows(r)) - 3
        ReDim helps(1 To last)
        For c = 1 To last
            helps(c) = table.Cells(r, c + 3).Value
        Next
        Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & table.Cells(r, 1).Value, _
            Description:=table.Cells(r, 3).Value, Category:=table.Cells(r, 2).Value, _
            ArgumentDescriptions:=helps
    Next
    ThisWorkbook.Saved = wasSaved
End Sub

' ---------------------------------------------------------------- Excel: values in and out

' One flat array: a Range becomes its values, everything else, a missing optional too, stays
' as it came.
Private Function PlainValues(args, rest)
    Dim flat() As Variant, fixed As Long, i As Long
    fixed = UBound(args) + 1
    If fixed + UBound(rest) < 0 Then
        PlainValues = args
        Exit Function
    End If
    ReDim flat(0 To fixed + UBound(rest))
    For i = 0 To UBound(flat)
        If i < fixed Then flat(i) = PlainValue(args(i)) Else flat(i) = PlainValue(rest(i - fixed))
    Next
    PlainValues = flat
End Function

' A Range's .Value2, but a date as a date: Value2 makes a number of it, and a target that is a
' date is compared otherwise than a number. .Value alone would cut currency to four places.
Private Function PlainValue(item)
    Dim values, shown, r As Long, c As Long
    If Not IsObject(item) Then
        PlainValue = item
        Exit Function
    End If
    values = item.Value2
    ' UNPROVEN whether a number that no date can have, in a cell formatted as one, is an error.
    On Error GoTo plain
    shown = item.Value
    If Not IsArray(shown) Then
        If VarType(shown) = vbDate Then values = shown
    Else
        For r = 1 To UBound(shown, 1)
            For c = 1 To UBound(shown, 2)
                If VarType(shown(r, c)) = vbDate Then values(r, c) = shown(r, c)
            Next
        Next
    End If
plain:
    PlainValue = values
End Function

' Python says "not available" with the text #N/A; Excel wants the error value 2042 (xlErrNA).
Private Function WithErrorValues(answer)
    Dim r As Long, c As Long
    If IsArray(answer) Then
        If HasColumns(answer) Then
            For r = LBound(answer, 1) To UBound(answer, 1)
                For c = LBound(answer, 2) To UBound(answer, 2)
                    answer(r, c) = ErrorOrSame(answer(r, c))
                Next
            Next
        Else
            For r = LBound(answer) To UBound(answer)
                answer(r) = ErrorOrSame(answer(r))
            Next
        End If
        WithErrorValues = answer
    Else
        WithErrorValues = ErrorOrSame(answer)
    End If
End Function

Private Function ErrorOrSame(answer)
    ErrorOrSame = answer
    If VarType(answer) = vbString Then
        If answer = "#N/A" Then ErrorOrSame = CVErr(2042)
    End If
End Function

Private Function HasColumns(table) As Boolean
    Dim last As Long
    On Error Resume Next
    last = UBound(table, 2)
    HasColumns = (Err.Number = 0)
End Function

' ---------------------------------------------------------------- Excel: the COM server

' The kept object; on the first repetition the one the DLL hands out (it starts Python again if
' it sees that the process has gone; another workbook may have done so already); on the second
' a process that is new for certain.
Private Function Server(attempt As Long) As Object
    If attempt > 0 Then Set mServer = Nothing
    If mServer Is Nothing Then Set mServer = Activated(attempt)
    Set Server = mServer
End Function

' As the stock RunPython does on a live server: the active workbook becomes BOOK_CALLER, so
' that xlwings.Book.caller() is the user's workbook; the macro gets that book.
Private Function RunOnServer(live As Object, macroName)
    Dim book As Object
    live.SetAttr live.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    Set book = live.Call(live.GetAttr(live.Module("xlwings"), "Book"), "caller")
    RunOnServer = live.Var(live.Call(live.Module(MACRO_MODULE), macroName, live.Tuple(book)))
End Function

Private Function Activated(attempt As Long) As Object
    Dim started As Variant, python As String, outcome As Long
    If mRefusal <> "" Then Err.Raise FAILURE, , mRefusal
    python = Interpreter()
    LoadDll
    If attempt < 2 Then outcome = Activate(started, ServerCommand(python), 1)
    If attempt = 2 Or (attempt = 1 And outcome <> 0) Then
        ' The DLL ties a class id to the command; where the old one still stands for a process
        ' that has died, only another command gets another id.
        Activate started, ServerCommand(python), -1
        mGeneration = mGeneration + 1
        outcome = Activate(started, ServerCommand(python), 1)
    End If
    If outcome <> 0 Then
        ' The second line of the DLL's text is the whole command.
        mRefusal = "JX5|Python did not start|" & Split(started & vbLf, vbLf)(0)
        Err.Raise FAILURE, , mRefusal
    End If
    Set Activated = started
End Function

Private Function Activate(ByRef Result As Variant, ByVal Config As String, ByVal mode As Long) As Long
    #If Win64 Then
    Activate = Activate64(Result, Config, mode)
    Exit Function
    #End If
    Activate = Activate32(Result, Config, mode)
End Function

' Constant: nothing of the workbook is in it, so that all workbooks share one process. Four
' differences from the stock command, each for safety or speed: cmd.exe by its full path and
' sys.path without the current folder, because Excel's current folder may be where a workbook
' from outside lies; /C in place of /K, because then the DLL sees at once that Python has
' ended, where /K makes Excel wait for two minutes; our own serve, which starts xlwings' in less
' than half the time.
Private Function ServerCommand(python As String) As String
    ServerCommand = Environ("ComSpec") & " /C """"" & python & """ -B -c ""import sys;sys.path[:]=[p for p in sys.path if p];" & _
        "from jixiao.hosts.excel_server import serve;serve('$(CLSID)') #" & mGeneration & """"""
End Function

Private Function Interpreter() As String
    Interpreter = Setting("INTERPRETER_WIN")
    If Interpreter = "" Then Fail "JX1", "not installed, no settings in", SettingsFile()
    If Not FileExists(Interpreter) Then Fail "JX2", "Python not found", Interpreter
End Function

' LoadLibrary with the full path first: Windows then resolves the Declare by its base name to
' the module that is already loaded.
Private Sub LoadDll()
    Dim path As String
    path = "jixiao-xlwings32.dll"
    #If Win64 Then
    path = "jixiao-xlwings64.dll"
    #End If
    path = Setting("DLL") & "\" & path
    If Not FileExists(path) Then Fail "JX3", "DLL not found", path
    If LoadLibrary(path) = 0 Then Fail "JX4", "DLL could not be loaded", path
End Sub

' VBA turns some RPC errors into its own 462.
Private Function IsConnectionLost(number As Long) As Boolean
    Select Case number
        Case 462, -2147023174, -2147023170, -2147023169, -2147417848, -2147220995
            IsConnectionLost = True
    End Select
End Function

' ---------------------------------------------------------------- Excel: our own settings

' Only this file, never the workbook or its folder: a workbook from outside must not choose
' which program runs. Lines are "KEY","VALUE" in the system's ANSI code page, as xlwings' are.
Private Function SettingsFile() As String
    SettingsFile = Environ("USERPROFILE") & "\.jixiao\jixiao.conf"
End Function

Private Function Setting(key As String) As String
    Dim handle As Long, found As String, content As String
    If Not FileExists(SettingsFile()) Then Exit Function
    handle = FreeFile
    Open SettingsFile() For Input As #handle
    Do While Not EOF(handle)
        Input #handle, found, content
        If LCase(found) = LCase(key) Then
            Setting = content
            Exit Do
        End If
    Loop
    Close #handle
End Function

Private Function FileExists(path As String) As Boolean
    Dim attributes As Long
    On Error Resume Next
    attributes = GetAttr(path)
    If Err.Number = 0 Then FileExists = ((attributes And vbDirectory) <> vbDirectory)
End Function

' ---------------------------------------------------------------- what went wrong, in Chinese

Private Sub Fail(code, hint, detail)
    Err.Raise FAILURE, , code & "|" & hint & "|" & detail
End Sub

' The sentence for an error: our own carry "code|English hint|detail", all others are JX8.
Private Function Explanation(number As Long, description As String)
    Dim parts
    If number = FAILURE Then
        parts = Split(description, "|", 3)
    ElseIf IsConnectionLost(number) Then
        parts = Array("JX6", "connection to Python lost", description)
    Else
        parts = Array("JX8", "error", description)
    End If
    Explanation = MessageText(parts(0))
    If Explanation = "" Then Explanation = "#" & parts(0) & " " & parts(1) & " "
    Explanation = Explanation & parts(2)
End Function

' The Chinese text of a code from this file's own table; "" where the table has been lost.
Private Function MessageText(code) As String
    Dim table, r As Long
    On Error GoTo absent
    Set table = ThisWorkbook.Names("jixiao_messages").RefersToRange
    For r = 1 To table.Rows.Count
        If table.Cells(r, 1).Value = code Then
            MessageText = table.Cells(r, 2).Value
            Exit Function
        End If
    Next
absent:
End Function

' ---------------------------------------------------------------- Calc only
#If JX_CALC Then

Private Function Bridge() As Object
    If mServer Is Nothing Then Set mServer = CreateUnoService("jixiao.Bridge")
    If mServer Is Nothing Then Fail "JX7", "the Calc extension of jixiao is not installed", ""
    Set Bridge = mServer
End Function

' A call of the bridge from within another one comes back empty. So whatever formulas are among
' the arguments are worked out before the bridge reads them: asking for the values does it.
Private Sub SettleFormulas(items)
    Dim i As Long, asked
    For i = 0 To UBound(items)
        If IsObject(items(i)) Then asked = items(i).Value
    Next
End Sub

' A table comes back as an array of rows; array formulas and SUM want two dimensions.
Private Function CalcResult(answer)
    Dim r As Long, c As Long, table
    If Not IsArray(answer) Then
        CalcResult = answer
        Exit Function
    End If
    ReDim table(1 To UBound(answer) + 1, 1 To UBound(answer(0)) + 1)
    For r = 0 To UBound(answer)
        For c = 0 To UBound(answer(r))
            table(r + 1, c + 1) = answer(r)(c)
        Next
    Next
    CalcResult = table
End Function

#End If
