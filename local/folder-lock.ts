import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

export interface FolderLock {
  release(): void
}

interface Holder {
  readonly port: number
  /** The holder of the lock answers this text on the port. Another program that got the same port later answers something else. */
  readonly token: string
}

const answerTimeoutMilliseconds = 2_000

const hear = (port: number): Promise<string> =>
  new Promise(fulfil => {
    let heard = ''
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(answerTimeoutMilliseconds, () => socket.destroy())
    socket.on('data', chunk => (heard += chunk.toString()))
    // A refused connection means that the holder has ended.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => fulfil(heard))
  })

const isHeld = async (file: string): Promise<boolean> => {
  const { port, token } = JSON.parse(readFileSync(file, 'utf8')) as Holder
  return (await hear(port)) === token
}

/** Creates the complete file in one step. Returns false if it exists already. */
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
 * Locks a folder for this process until it ends, and creates the folder if it is missing. The lock answers on a loopback port, which
 * closes with the process even when it is killed, so an old lock file does not block the next start. Returns undefined when another
 * process holds the folder.
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
