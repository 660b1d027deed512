import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { runProgram } from './run-program.ts'

/** Another Node of this machine, 20 or later. When there is none, prints a note, because the tests that need it are then skipped. */
export const otherNode = async (): Promise<string | undefined> => {
  for (const node of ['/usr/bin/node', '/usr/local/bin/node'].filter(existsSync)) {
    const { stdout } = await runProgram(node, ['--version'])
    if (Number(stdout.slice(1).split('.')[0]) >= 20 && stdout.trim() !== process.version) return node
  }
  console.log('not tried with another Node: /usr/bin and /usr/local/bin have none')
  return undefined
}

/** Runs a TypeScript program that prints JSON under a Node without TypeScript. Returns its output, or the text of its errors. */
export const runUnder = async (
  node: string,
  program: string,
  { flags = [], input = '' }: { readonly flags?: readonly string[]; readonly input?: string } = {},
): Promise<unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-program-'))
  const outfile = join(folder, 'program.mjs')
  await build({ stdin: { contents: program, resolveDir: '.' }, bundle: true, outfile, platform: 'node', format: 'esm' })
  const { stdout, stderr } = await runProgram(node, [...flags, outfile], { input })
  rmSync(folder, { recursive: true })
  return stderr === '' ? JSON.parse(stdout) : stderr
}
