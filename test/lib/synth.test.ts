import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../support/run-program.ts'

const synth = (...environment: string[]) => runProgram(process.execPath, [join(import.meta.dirname, '../../bin/synth.ts'), ...environment])

describe('npm run synth', () => {
  it('refuses an unknown environment, names the existing ones, and does nothing', async () => {
    const { status, stderr, stdout } = await synth('moon')
    expect(stderr).toBe(
      'The environment "moon" does not exist. Choose one of dev, staging, prod.\nUsage: npm run synth -- dev|staging|prod\n',
    )
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  it('asks for an environment if none is given', async () => {
    expect(await synth()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^No environment was given\. Choose one of dev, staging, prod\./),
    })
  })
})
