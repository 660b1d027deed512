import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Python process that answers each line of JSON with a line of JSON, so that its rounds can alternate with ours. */
export interface NumpyProcess {
  /** For example "Python 3.11.2, NumPy 1.24.2". */
  version: string
  ask(question: unknown): Promise<unknown>
  end(): Promise<void>
}

const PYTHONS = ['/usr/bin/python3', 'python3']

/** Starts a script of this folder under the first Python that has NumPy, on one thread; undefined if there is none. */
export function startNumpy(script: string): NumpyProcess | undefined {
  const report = 'import platform, numpy; print(f"Python {platform.python_version()}, NumPy {numpy.__version__}")'
  for (const python of PYTHONS) {
    const probe = spawnSync(python, ['-c', report], { encoding: 'utf8' })
    if (probe.status !== 0) continue
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
    const child = spawn(python, [fileURLToPath(new URL(script, import.meta.url))], { env })
    child.stderr.pipe(process.stderr)
    const { ask, end } = conversation(child)
    return { version: probe.stdout.trim(), ask: question => ask(JSON.stringify(question)), end }
  }
  return undefined
}

interface Conversation {
  ask: (line: string) => Promise<unknown>
  end: () => Promise<void>
}

/** Sends a process one line at a time; it answers each with a line of JSON. */
export function conversation(child: ChildProcessWithoutNullStreams): Conversation {
  const exit = once(child, 'exit')
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`)
      const answer = await answers.next()
      if (answer.done) throw new Error('the NumPy process ended')
      return JSON.parse(answer.value)
    },
    async end() {
      child.stdin.end()
      await exit
    },
  }
}
