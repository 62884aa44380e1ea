@echo off
rem ASCII only: cmd reads this file in the console's code page, which is 936 on most Chinese
rem systems and 65001 on some. What people read is in files for either (see :say); what Python
rem prints is right in both.
setlocal EnableExtensions DisableDelayedExpansion
set "PROGRAM=%~dp0program"
set "PYTHON="
set "UNFIT=0"
set "CODE=1"
if not exist "%PROGRAM%\install.py" goto :incomplete
call :search
if not defined PYTHON call :bring_python
if not defined PYTHON goto :no_python
"%PYTHON%" -I -X utf8 "%PROGRAM%\install.py"
set "CODE=%ERRORLEVEL%"
goto :end

:incomplete
rem Most likely started inside an archive, where nothing of the kit is at hand but this file.
echo [jixiao] program\install.py ?
powershell -NoProfile -Command "[regex]::Unescape('\u8bf7\u5148\u628a\u6574\u4e2a\u538b\u7f29\u5305\u89e3\u538b\uff08\u6216\u62f7\u8d1d\u6574\u4e2a\u6587\u4ef6\u5939\uff09\uff0c\u518d\u53cc\u51fb install.cmd')" 2>nul
goto :end

:no_python
call :say no-python
for /l %%i in (1,1,%UNFIT%) do call :tell %%i
goto :end

:end
pause
exit /b %CODE%

rem ------------------------------------------------------------ finding Python

rem Every installer of Python registers itself below these keys (the py launcher lists nothing
rem else); the PATH and the usual folders are for those who only unpacked one.
:search
call :registered HKCU 64
call :registered HKLM 64
call :registered HKLM 32
for /f "delims=" %%p in ('where python.exe 2^>nul') do call :consider "%%p"
for %%d in ("%LOCALAPPDATA%\Programs\Python" "%ProgramFiles%" "%SystemDrive%") do call :usual "%%~d"
exit /b 0

:registered
for /f "tokens=2,*" %%a in ('reg query %1\Software\Python /s /v ExecutablePath /reg:%2 2^>nul') do call :consider "%%b"
exit /b 0

:usual
for /f "delims=" %%d in ('dir /b /ad "%~1\Python3*" 2^>nul') do call :consider "%~1\%%d\python.exe"
exit /b 0

rem The first that is fit becomes PYTHON; the others are remembered with the reason.
:consider
if defined PYTHON exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1" exit /b 0
set "SEEN %~1" >nul 2>nul
if not errorlevel 1 exit /b 0
set "SEEN %~1=1"
"%~1" "%PROGRAM%\fitness.py" >nul 2>nul
set "VERDICT=%ERRORLEVEL%"
if "%VERDICT%"=="0" set "PYTHON=%~1"
if "%VERDICT%"=="0" exit /b 0
rem Windows' own python.exe, which only offers the Store, is not a Python at all.
if "%VERDICT%"=="9009" exit /b 0
if not exist "%PROGRAM%\messages\936\unfit-%VERDICT%.txt" set "VERDICT=other"
set /a UNFIT+=1
set "UNFIT%UNFIT%=%~1"
set "WHY%UNFIT%=%VERDICT%"
exit /b 0

:tell
call set "WHERE=%%UNFIT%1%%"
call set "WHY=%%WHY%1%%"
echo   "%WHERE%"
call :say unfit-%WHY%
exit /b 0

rem ------------------------------------------------------------ a Python that came with the kit

:bring_python
set "INSTALLER="
for /f "delims=" %%f in ('dir /b "%PROGRAM%\python-3.*-amd64.exe" 2^>nul') do set "INSTALLER=%PROGRAM%\%%f"
if not defined INSTALLER exit /b 0
call :checked && goto :run_installer
call :say damaged-python
exit /b 0

:run_installer
call :say installing-python
"%INSTALLER%" /passive InstallAllUsers=0 PrependPath=0 Include_launcher=0 Include_test=0 AssociateFiles=0 Shortcuts=0
if errorlevel 1 call :say failed-python
call :search
exit /b 0

rem The sum that certutil prints in its second line must be in the kit's list.
:checked
set "SUM="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%INSTALLER%" SHA256 2^>nul') do if not defined SUM set "SUM=%%h"
if not defined SUM exit /b 0
set "SUM=%SUM: =%"
find /i "%SUM%" "%~dp0SHA256SUMS" >nul
exit /b %ERRORLEVEL%

rem ------------------------------------------------------------ words

:say
set "PAGE="
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
set "PAGE=%PAGE: =%"
rem No console: a program reads this, and takes it for the system's code page.
if "%PAGE%"=="0" set "PAGE=936"
if not exist "%PROGRAM%\messages\%PAGE%\%1.txt" chcp 65001 >nul
if not exist "%PROGRAM%\messages\%PAGE%\%1.txt" set "PAGE=65001"
type "%PROGRAM%\messages\%PAGE%\%1.txt"
exit /b 0
