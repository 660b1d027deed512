import { processTools, runDrift } from './release/program.ts'

process.exitCode = await runDrift(process.argv.slice(2), processTools)
