import * as z from 'zod'
import { expect, test } from 'vitest'
import { defineRoutes, type RouteDeclaration } from '../../../lambdas/runtime/route.ts'

const input = z.strictObject({ id: z.string() })

const statusesOf = (changes: Partial<RouteDeclaration>): number[] => {
  const declaration = {
    method: 'GET',
    path: '/v1/planning/trials',
    summary: 'Try',
    access: 'public',
    backends: [],
    responses: { 200: { description: 'It.' } },
  } as const
  const { trial } = defineRoutes('planning', { trial: { ...declaration, ...changes } })
  return Object.keys(trial.responses).map(Number)
}

test.each<readonly [string, Partial<RouteDeclaration>, readonly number[]]>([
  ['nothing', {}, []],
  ['a token', { access: 'read' }, [401, 403]],
  ['a token of an administrator', { access: 'admin' }, [401, 403]],
  ['a query', { query: input }, []],
  ['path parameters', { params: input }, [404]],
  ['path parameters of what it makes', { params: input, upserts: true }, []],
  ['a body', { body: input }, [413, 415, 422]],
  ['a bulk body', { bulkBody: { mediaTypes: ['text/csv'], schema: input, limitBytes: 1 } }, [413, 415, 422]],
  ['an Idempotency-Key', { idempotency: 'key' }, [409]],
  ['If-Match', { ifMatch: 'required' }, [412, 428]],
  ['the user pool', { backends: ['user-pool', 'identity-functions'] }, [429]],
  ['what its handler adds', { refuses: [409, 422] }, [409, 422]],
])('a route that takes %s declares the problems that follow', (_, changes, expected) => {
  expect(statusesOf(changes)).toEqual([200, 400, ...expected, 503].toSorted((a, b) => a - b))
})

test('a declared success does not change, and problem documents are added', () => {
  const { trial } = defineRoutes('planning', {
    trial: {
      method: 'GET',
      path: '/v1/planning/trials',
      summary: 'Try',
      access: 'read',
      backends: [],
      responses: { 200: { description: 'It.', body: input } },
    },
  })
  expect(trial).toMatchObject({ domain: 'planning', name: 'trial', id: 'planning/trial' })
  expect(trial.responses[200]).toEqual({ description: 'It.', body: input })
  expect(Reflect.get(trial.responses, 401)).toMatchObject({ contentType: 'application/problem+json' })
})
