import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../lib/temporary-folder.ts'

/** The files of a small built web application, by their paths. */
export const someWebFiles = {
  'index.html': '<!doctype html><title>Nestegg</title><script type="module" src="/assets/app-1a2b3c4d.js"></script>',
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/app-1a2b3c4d.js': 'export const release = 1',
  'assets/app-5e6f7a8b.css': 'body{margin:0}',
}

/** A folder with these files, as a build of the web application leaves it. */
export const webRelease = (files: Readonly<Record<string, string>> = someWebFiles): string => {
  const folder = temporaryFolder()
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}
