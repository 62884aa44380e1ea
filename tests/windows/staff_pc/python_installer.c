/* Stands in for python.org's installer where the Python is there already: registers it. */
#include <windows.h>

int wmain(int argc, wchar_t **argv) {
    static const wchar_t path[] = PYTHON_PATH;
    HKEY key;
    (void)argc, (void)argv;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, PYTHON_KEY, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL))
        return 1;
    return RegSetValueExW(key, L"ExecutablePath", 0, REG_SZ, (const BYTE *)path, sizeof path);
}
