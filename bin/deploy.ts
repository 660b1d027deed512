import { processTools, runDeploy } from './release/program.ts'

process.exitCode = await runDeploy(process.argv.slice(2), processTools)
