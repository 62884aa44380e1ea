/* Stands in for the python.exe of a virtual environment on Windows, which Debian's Python lacks.
 * Like it: finds pyvenv.cfg above itself, starts the Python of its line "home" with the same
 * arguments, tells it through __PYVENV_LAUNCHER__ which environment it is in, ends with its exit
 * code, and takes it along when it is ended itself (a job). */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768

static wchar_t self[LONGEST], home[LONGEST], command[LONGEST];

static int read_home(void) {
    wchar_t path[LONGEST];
    wcscpy(path, self);
    *wcsrchr(path, L'\\') = 0;
    wcscpy(wcsrchr(path, L'\\'), L"\\pyvenv.cfg");
    FILE *file = _wfopen(path, L"rb");
    if (!file) return 0;
    char bytes[4096];
    while (fgets(bytes, sizeof bytes, file)) {
        bytes[strcspn(bytes, "\r\n")] = 0;
        if (strncmp(bytes, "home = ", 7) == 0)
            return MultiByteToWideChar(CP_UTF8, 0, bytes + 7, -1, home, LONGEST);
    }
    return 0;
}

int wmain(void) {
    GetModuleFileNameW(NULL, self, LONGEST);
    if (!read_home()) return 106;
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", self);
    wchar_t *rest = GetCommandLineW(), quote = *rest == L'"' ? L'"' : L' ';
    if (quote == L'"') rest++;
    while (*rest && *rest != quote) rest++;
    if (*rest == L'"') rest++;
    swprintf(command, LONGEST, L"\"%ls\\python.exe\"%ls", home, rest);
    HANDLE job = CreateJobObjectW(NULL, NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    STARTUPINFOW start = {sizeof start};
    GetStartupInfoW(&start);
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
        return 101;
    AssignProcessToJobObject(job, process.hProcess);
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 1;
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}
