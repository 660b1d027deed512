import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

export interface FolderLock {
  release(): void
}

interface Holder {
  readonly port: number
  /** Said on the port by whoever holds the lock, and by nobody else who may have got the port since. */
  readonly token: string
}

const answerTimeoutMilliseconds = 2_000

const hear = (port: number): Promise<string> =>
  new Promise(fulfil => {
    let heard = ''
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(answerTimeoutMilliseconds, () => socket.destroy())
    socket.on('data', chunk => (heard += chunk.toString()))
    // A refused connection is an answer too: nobody is there.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => fulfil(heard))
  })

const isHeld = async (file: string): Promise<boolean> => {
  const { port, token } = JSON.parse(readFileSync(file, 'utf8')) as Holder
  return (await hear(port)) === token
}

/** Makes the file whole or not at all, unless it is there. */
const claim = (file: string, holder: Holder): boolean => {
  const draft = `${file}.${holder.token}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/**
 * Keeps a folder, which is made if need be, for this process as long as it lives. The lock answers on a loopback port, which ends
 * with the process however that ends: what a killed process leaves behind holds nobody up. Undefined when another holds the folder.
 */
export const lockFolder = async (folder: string): Promise<FolderLock | undefined> => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'lock.json')
  const token = randomUUID()
  const server = createServer(socket => socket.on('error', () => socket.destroy()).end(token))
  await new Promise<void>((fulfil, reject) => server.once('error', reject).listen(0, '127.0.0.1', fulfil))
  server.unref()
  const address = server.address()
  const holder = { port: typeof address === 'object' && address ? address.port : 0, token }
  while (!claim(file, holder)) {
    if (await isHeld(file)) {
      server.close()
      return undefined
    }
    rmSync(file, { force: true })
  }
  return {
    release: () => {
      rmSync(file, { force: true })
      server.close()
    },
  }
}
