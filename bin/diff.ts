import { processTools, runDiff } from './release/program.ts'

process.exitCode = await runDiff(process.argv.slice(2), processTools)
