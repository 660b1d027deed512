/**
 * The program behind kernel.generated.ts: compiles the sources in assembly/ and returns the whole text of that file. `npm run kernel` writes it
 * after a change there. Relaxed SIMD stays off, because its results differ between processors.
 */
export async function generateKernel(): Promise<string> {
  const module = await compile(['-O3', '--noAssert', '--converge', '--runtime', 'stub', '--enable', 'simd'])
  const lines = Buffer.from(module)
    .toString('base64')
    .match(/.{1,120}/g)!
  return [
    '// Made by generate-kernel.ts, which a test holds to these bytes. Do not edit.',
    '',
    '/** The WebAssembly module of assembly/, in base64. */',
    `export const KERNEL_BASE64 =\n${lines.map(line => `  '${line}'`).join(' +\n')}`,
    '',
  ].join('\n')
}

/** The part of the compiler used here: its own types would change the types of arrays everywhere. */
interface Compiler {
  main(
    options: string[],
    files: { writeFile: (name: string, contents: Uint8Array) => void },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>
}

const COMPILER = 'assemblyscript/asc'

async function compile(options: string[]): Promise<Uint8Array> {
  const compiler = (await import(COMPILER)) as Compiler
  let module: Uint8Array | undefined
  const { error, stderr } = await compiler.main(
    ['assembly/index.ts', '--baseDir', import.meta.dirname, '--outFile', 'kernel.wasm', ...options],
    {
      writeFile: (_, contents) => {
        module = contents
      },
    },
  )
  if (module === undefined) throw new Error(`the kernel does not compile:\n${stderr.toString()}`, { cause: error })
  return module
}

if (import.meta.main) process.stdout.write(await generateKernel())
