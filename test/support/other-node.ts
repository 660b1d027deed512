import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Another Node of this machine, 20 or later, if there is one; says so where there is none, since what needs it is then not tried. */
export const otherNode = (): string | undefined => {
  const found = ['/usr/bin/node', '/usr/local/bin/node'].find(node => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
    return stdout && Number(stdout.slice(1).split('.')[0]) >= 20 && stdout.trim() !== process.version
  })
  if (found === undefined) console.log('not tried with another Node: /usr/bin and /usr/local/bin have none')
  return found
}

/** What a program in TypeScript, which prints JSON, says under a Node that knows no TypeScript; its errors' text if it fails. */
export const runUnder = (
  node: string,
  program: string,
  { flags = [], input = '' }: { readonly flags?: readonly string[]; readonly input?: string } = {},
): unknown => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-program-'))
  const outfile = join(folder, 'program.mjs')
  buildSync({ stdin: { contents: program, resolveDir: '.' }, bundle: true, outfile, platform: 'node', format: 'esm' })
  const child = spawnSync(node, [...flags, outfile], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  rmSync(folder, { recursive: true })
  return child.stderr === '' ? JSON.parse(child.stdout) : child.stderr
}
