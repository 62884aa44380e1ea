/* bcryptprimitives.dll, which Wine 8 lacks: the one function that programs in Rust ask of it. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *buffer, ULONG length); /* RtlGenRandom, in advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T size)
{
    return SystemFunction036(data, (ULONG)size);
}
