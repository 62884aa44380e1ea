@echo off
rem ASCII only, for the reasons that install.cmd gives.
setlocal EnableExtensions DisableDelayedExpansion
set "PROGRAM=%~dp0program"
set "FOLDER=%USERPROFILE%\.jixiao"
set "CODE=1"
if not exist "%FOLDER%\venv\Scripts\python.exe" goto :nothing
"%FOLDER%\venv\Scripts\python.exe" -I -X utf8 -m jixiao uninstall
if errorlevel 1 goto :end
rmdir /s /q "%FOLDER%\venv"
if exist "%FOLDER%\venv" goto :in_use
del /q "%FOLDER%\jixiao.cmd" "%FOLDER%\install.log" >nul 2>nul
rem Not removed where anything of the user's is left in it.
rmdir "%FOLDER%" >nul 2>nul
call :say uninstalled
set "CODE=0"
goto :end

:nothing
call :say not-installed
goto :end

:in_use
call :say in-use
goto :end

:end
pause
exit /b %CODE%

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
