import { Transform } from 'node:stream'
import { createBackup } from '../../../../lambdas/operations/backups/create-backup.ts'
import { fileKeys } from '../../../../lambdas/operations/backups/keys.ts'
import { folderStore } from '../../../../lambdas/runtime/object-store.ts'

/** Makes a backup that stays in the middle of its fifth table, until the process is killed. */
const { folder, id, keyFile, location } = JSON.parse(process.argv[2]!) as Record<'folder' | 'id' | 'keyFile', string> & {
  location: Parameters<typeof createBackup>[0]['location']
}
const store = folderStore(folder)
let tables = 0
const stopping: typeof store = {
  ...store,
  putStream: async (key, source) => {
    tables += 1
    if (tables < 5) return store.putStream(key, source)
    const held = new Transform({
      transform: chunk => {
        held.push(chunk)
        console.log('stopped')
      },
    })
    return store.putStream(key, source.pipe(held))
  },
}
setInterval(() => undefined, 60_000)
await createBackup({ location, id, store: stopping, keys: fileKeys(keyFile, store), reason: 'command', environment: 'local', parallel: 1 })
