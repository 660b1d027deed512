import { DomainError } from '../../shared/index.ts'
import { isWord, parsePattern, type PatternNode, type Step } from './pattern-syntax.ts'

/** Most steps of a pattern after its repeats are written out. */
const MAXIMUM_STEPS = 2000

type Instruction =
  | { readonly step: Step }
  | { readonly forks: number[] }
  /** The end of the pattern. */
  | { readonly found: true }

/** The program of a pattern: K. Thompson, "Regular Expression Search Algorithm", CACM 11 (1968). */
const compile = (root: PatternNode): Instruction[] => {
  const program: Instruction[] = []
  const push = (instruction: Instruction): number => {
    if (program.length >= MAXIMUM_STEPS) throw new DomainError([{ path: '', message: 'is too large a pattern: repeat less' }])
    return program.push(instruction) - 1
  }
  const fork = (): { readonly at: number; readonly forks: number[] } => {
    const forks: number[] = []
    return { at: push({ forks }), forks }
  }
  const emit = (node: PatternNode): void => {
    if (node.kind === 'sequence') return node.parts.forEach(emit)
    if (node.kind === 'choice') return emitChoice(node.parts)
    if (node.kind !== 'repeat') return void push({ step: node })
    for (let count = 0; count < node.minimum; count += 1) emit(node.part)
    if (node.maximum === Number.POSITIVE_INFINITY) {
      const loop = fork()
      loop.forks.push(program.length)
      emit(node.part)
      push({ forks: [loop.at] })
      loop.forks.push(program.length)
      return
    }
    const exits: number[][] = []
    for (let count = node.minimum; count < node.maximum; count += 1) {
      const { forks } = fork()
      forks.push(program.length)
      exits.push(forks)
      emit(node.part)
    }
    for (const forks of exits) forks.push(program.length)
  }
  const emitChoice = (parts: readonly PatternNode[]): void => {
    const { forks } = fork()
    const ends = parts.map(part => {
      forks.push(program.length)
      emit(part)
      return fork().forks
    })
    for (const end of ends) end.push(program.length)
  }
  emit(root)
  push({ found: true })
  return program
}

const holds = (place: 'begin' | 'end' | 'boundary', codes: readonly number[], at: number): boolean => {
  if (place === 'begin') return at === 0
  if (place === 'end') return at === codes.length
  const before = at > 0 && isWord(codes[at - 1]!)
  const after = at < codes.length && isWord(codes[at]!)
  return before !== after
}

/**
 * Makes a search for a pattern in folded texts. All ways through the pattern are followed at once, so that no pattern takes longer than the
 * length of the text times the size of the pattern.
 * @throws DomainError for a pattern that cannot be read or is too large
 */
export const compilePattern = (pattern: string): ((folded: string) => boolean) => {
  const program = compile(parsePattern(pattern))
  return folded => {
    const codes = Array.from(folded, character => character.codePointAt(0)!)
    /** The position at which an instruction was reached last. */
    const reached = new Int32Array(program.length).fill(-1)
    let waiting: number[] = []
    for (let at = 0; at <= codes.length; at += 1) {
      const stack = [0, ...waiting]
      waiting = []
      while (stack.length > 0) {
        const index = stack.pop()!
        if (reached[index] === at) continue
        reached[index] = at
        const instruction = program[index]!
        if ('found' in instruction) return true
        if ('forks' in instruction) stack.push(...instruction.forks)
        else if (instruction.step.kind === 'place') {
          if (holds(instruction.step.place, codes, at)) stack.push(index + 1)
        } else if (at < codes.length && instruction.step.accepts(codes[at]!)) waiting.push(index + 1)
      }
    }
    return false
  }
}
