import { readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { yearSeconds } from './security-headers.ts'

/** The page of the web application, which the browser gets at every path that is no file and no route of the API. */
export const indexFile = 'index.html'

/** The folder of the files in the bucket of the web application. CloudFront reads no others. */
export const pagesFolder = 'pages'

/** The object of that bucket which says since when each file is in no release any more. */
export const retiredKey = 'retired.json'

/** A path of a file. All others are those of pages. Symbols in paths of pages end in capitals: BRK.B. */
export const fileExtension = /\.[a-z][a-z0-9]+$/

const contentTypes: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * The media type of a file of the web application, by its extension.
 * @throws {Error} for an extension that is not known: a browser refuses a file without a type (nosniff).
 */
export const contentTypeOf = (file: string): string => {
  const type = contentTypes[extname(file)]
  if (type === undefined) throw new Error(`The file ${file} of the web application has no known media type.`)
  return type
}

/** How long caches may keep a file. The names of assets have a hash of their content; all other files can change under their names. */
export const cacheControlOf = (file: string): string =>
  file.startsWith('assets/') ? `public, max-age=${yearSeconds}, immutable` : 'no-cache'

/**
 * The files of the built web application, in the order in which they are published: each file comes after those that it loads.
 * @throws {Error} if there is no page.
 */
export const webFilesIn = (folder: string): readonly string[] => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  if (!files.includes(indexFile)) throw new Error(`${folder} has no ${indexFile}.`)
  const place = (file: string) => (file === indexFile ? 2 : file.startsWith('assets/') ? 0 : 1)
  return files.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}
