import { join } from 'node:path'
import { build } from 'vite'

const webProject = join(import.meta.dirname, '../web')

/**
 * Builds the web application into that folder, which is emptied first. The same sources give the same files on every machine.
 * @param root The folder of the application, with its `vite.config.ts`.
 */
export const buildWeb = async (folder: string, root = webProject): Promise<void> => {
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  })
}
