import type { IncomingMessage, ServerResponse } from 'node:http'

/** The body has more bytes than its limit. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** The bodies of other requests take all the memory that there is for bodies. */
export class BodyMemoryFull extends Error {
  override readonly name = 'BodyMemoryFull'
}

/** The client closed the connection before it had sent the whole body. No one waits for an answer then. */
export class ClientLeft extends Error {
  override readonly name = 'ClientLeft'
}

/** The memory for the bodies of all requests in progress. */
export const bodyMemory = (limitBytes: number) => {
  let heldBytes = 0
  return {
    /** Returns false if too little is left. */
    take: (sizeBytes: number): boolean => {
      if (heldBytes + sizeBytes > limitBytes) return false
      heldBytes += sizeBytes
      return true
    },
    giveBack: (sizeBytes: number): void => void (heldBytes -= sizeBytes),
  }
}

export type BodyMemory = ReturnType<typeof bodyMemory>

/**
 * Reads the body of a request. The rest of a body that is refused is dropped as it arrives.
 * @param memory gets the bytes back when the response is complete or its client has left.
 * @throws BodyTooLarge, before anything is read if Content-Length says so; BodyMemoryFull; ClientLeft.
 */
export const readBody = (
  request: IncomingMessage,
  response: ServerResponse,
  limitBytes: number,
  memory: BodyMemory = bodyMemory(limitBytes),
): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(new BodyTooLarge())
  if (request.destroyed) return Promise.reject(new ClientLeft())
  if (request.headers.expect !== undefined) response.writeContinue()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    response.once('close', () => memory.giveBack(sizeBytes))
    const refuse = (error: Error) => {
      chunks.length = 0
      request.off('data', onData).resume()
      reject(error)
    }
    const onData = (chunk: Buffer) => {
      if (sizeBytes + chunk.length > limitBytes) return refuse(new BodyTooLarge())
      if (!memory.take(chunk.length)) return refuse(new BodyMemoryFull())
      sizeBytes += chunk.length
      chunks.push(chunk)
    }
    request
      .on('data', onData)
      .once('end', () => resolve(Buffer.concat(chunks)))
      .once('close', () => request.complete || reject(new ClientLeft()))
      .once('error', () => reject(new ClientLeft()))
  })
}
