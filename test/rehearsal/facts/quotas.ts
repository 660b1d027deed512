import { describe, expect, it } from 'vitest'
import type { Deployed } from '../deployed.ts'
import { frontQuotas } from '../front-quotas.ts'
import { quotas } from '../quotas.ts'

export const quotaFacts = (deployed: () => Deployed): void => {
  describe('quotas', () => {
    it.each([...quotas, ...frontQuotas])('at most $atMost $what', ({ atMost, measure, source }) => {
      const measured = measure(deployed())
      expect(measured.length).toBeGreaterThan(0)
      expect(
        measured.filter(([, size]) => !(size <= atMost)),
        source,
      ).toEqual([])
    })
  })
}
