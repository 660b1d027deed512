import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

export interface Sizes {
  /** Bytes of JavaScript that every page loads first. */
  readonly initial: number
  /** Bytes of JavaScript that each page loads besides. */
  readonly pages: readonly { readonly name: string; readonly bytes: number }[]
}

/** What the browser loads, from the manifest of the build. `sizeOf` gives the bytes of a file of it. */
export const sizesOf = (folder: string, sizeOf: (file: string) => number): Sizes => {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>
  const filesOf = (name: string, seen = new Set<string>()): Set<string> => {
    const { file, imports = [] } = manifest[name]!
    if (!seen.has(file)) {
      seen.add(file)
      for (const each of imports) filesOf(each, seen)
    }
    return seen
  }
  const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + sizeOf(file), 0)
  const entry = Object.keys(manifest).find(name => manifest[name]!.isEntry)!
  const initial = filesOf(entry)
  const pages = Object.keys(manifest)
    .filter(name => manifest[name]!.isDynamicEntry)
    .map(name => ({ name, bytes: sum([...filesOf(name)].filter(file => !initial.has(file))) }))
  return { initial: sum(initial), pages }
}
