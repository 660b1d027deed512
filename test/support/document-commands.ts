import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A fenced block of shell commands in a page of `docs`. */
export interface CommandBlock {
  readonly page: string
  /** The heading above it. */
  readonly heading: string
  /** The second word after the fence: `laptop` or `aws`; undefined if it has none. */
  readonly kind: string | undefined
  /** One text for each command, without comments. A line that ends with a backslash goes on in the next one. */
  readonly commands: readonly DocumentedCommand[]
}

export interface DocumentedCommand {
  readonly text: string
  /** 0, unless its comment says "exits with". */
  readonly exitCode: number
}

/** The comment that stands for Ctrl-C in the terminal of the platform. */
export const stopPlatform = '# Stop the platform with Ctrl-C.'

export const readPage = (page: string): string => readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')

const readCommands = (block: string): DocumentedCommand[] =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line === stopPlatform || (line !== '' && !line.startsWith('#')))
    .map(line => ({
      text: line === stopPlatform ? line : line.replace(/\s+#.*$/, ''),
      exitCode: Number(/ # .*\bexits with (\d)/.exec(line)?.[1] ?? 0),
    }))

/** The shell blocks of a page, in their order. */
export const readBlocks = (page: string): CommandBlock[] => {
  const blocks: CommandBlock[] = []
  let heading = ''
  for (const [, title, , kind, block] of readPage(page).matchAll(/^#+ (.+)$|^( *)```sh(?: (\w+))?\n([\s\S]*?)^\2```$/gm)) {
    if (title === undefined) blocks.push({ page, heading, kind, commands: readCommands(block ?? '') })
    else heading = title
  }
  return blocks
}
