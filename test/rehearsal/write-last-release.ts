import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changeRefusals } from '../../bin/release/change-guard.ts'
import { assemblyOf } from './assembly.ts'
import { compareRecords, lastRelease, recordRelease, recordText } from './last-release.ts'

const { replace } = parseArgs({ options: { replace: { type: 'string', multiple: true, default: [] } } }).values
const record = recordRelease(await assemblyOf('prod'))
const refusals = changeRefusals(compareRecords(lastRelease.text(), record), replace)
if (refusals.length === 0) writeFileSync(lastRelease.file, recordText(record))
else {
  process.stderr.write(['Nothing was recorded:', ...refusals.map(text => `  - ${text}`), ''].join('\n'))
  process.exitCode = 3
}
