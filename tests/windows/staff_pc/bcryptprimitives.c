/* The one function that Rust's library takes from this DLL, which Wine 8 lacks. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T size) {
    return SystemFunction036(data, (ULONG)size);
}
