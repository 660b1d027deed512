import type { StoredRecords } from '../../db/queries/planning/runs.ts'
import { type RunResult, runHash, type Specification } from '../../domain/planning/index.ts'
import { outputFigures } from './output-rows.ts'

/** A run as it is stored. */
export interface StoredRun extends StoredRecords {
  readonly specification: Specification
  readonly randomSeed: string
  readonly pathCount: number
  readonly inputHash: string
  readonly outputHash: string | null
  readonly result: RunResult | null
  /** Null unless the run is a queued verification, which has no figures of its own. */
  readonly verifiesRunId: string | null
}

/** The parts of a stored run that verification compares. */
export const verifiedParts = ['inputHash', 'outputHash', 'result', 'randomSeed', 'pathCount', 'record', 'outputs'] as const

const numberOf = (text: string | null) => (text === null ? null : Number(text))

const sameFigures = ({ outputs, verifiesRunId }: StoredRun, result: RunResult): boolean => {
  const figures = verifiesRunId === null ? outputFigures(result) : []
  const stored = outputs.filter(({ outputType }) => outputType === 'simulation')
  return (
    stored.length === figures.length &&
    figures.every(figure =>
      stored.some(
        output =>
          output.outputName === figure.outputName &&
          output.outputValue === figure.outputValue &&
          (['confidenceIntervalLower', 'confidenceIntervalUpper', 'standardDeviation'] as const).every(
            name => numberOf(output[name]) === Number(figure[name]),
          ),
      ),
    )
  )
}

/** The parts of a stored run that differ from its simulation again, or from what was stored at first. */
export const differencesOf = (run: StoredRun, result: RunResult): (typeof verifiedParts)[number][] => {
  const { isSealed, outputHash, outputs, specification } = run
  const isSame: Record<(typeof verifiedParts)[number], boolean> = {
    inputHash: runHash(specification) === run.inputHash,
    outputHash: runHash(result) === outputHash,
    result: run.result !== null && runHash(run.result) === outputHash,
    randomSeed: specification.seed === run.randomSeed,
    pathCount: specification.paths === run.pathCount,
    record: isSealed,
    outputs: sameFigures(run, result) && outputs.every(output => output.isSealed),
  }
  return verifiedParts.filter(part => !isSame[part])
}
