import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { api } from '../../shell/api.ts'

/** The largest part of a file in one request. */
const partBytes = 4_194_304
export const largestFile = 52_428_800

export type Import = ApiAnswer<'GET /v1/wealth/imports/{importId}'>

/**
 * Sends a file in parts.
 * @param onProgress receives the part that is sent, from 0 to 1
 */
export const sendFile = async (householdId: string, file: File, onProgress: (sent: number) => void): Promise<Import> => {
  const begun = await api('POST /v1/wealth/imports', {
    body: { householdId, fileName: file.name.slice(0, 255), sizeBytes: file.size },
    idempotencyKey: crypto.randomUUID(),
  })
  for (let part = 0; part * partBytes < file.size; part += 1) {
    const bytes = new Uint8Array(await file.slice(part * partBytes, (part + 1) * partBytes).arrayBuffer())
    await api('PUT /v1/wealth/imports/{importId}/parts/{part}', {
      params: { importId: begun.id, part: String(part) },
      text: bytes,
      mediaType: 'application/octet-stream',
    })
    onProgress(Math.min(1, ((part + 1) * partBytes) / file.size))
  }
  return begun
}
