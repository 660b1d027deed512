import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const synth = (...environment: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../bin/synth.ts'), ...environment], { encoding: 'utf8' })

describe('npm run synth', () => {
  it('names the environments to whoever asks for another, and does nothing', () => {
    const { status, stderr, stdout } = synth('moon')
    expect(stderr).toBe('There is no environment "moon". Choose one of dev, staging, prod.\nUsage: npm run synth -- dev|staging|prod\n')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  it('asks for an environment where none is given', () => {
    expect(synth()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^No environment was chosen\. Choose one of dev, staging, prod\./),
    })
  })
})
