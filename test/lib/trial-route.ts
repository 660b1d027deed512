import { defineRoutes, type Route, type RouteDeclaration } from '../../lambdas/runtime/route.ts'

/** A table of one route, `planning/try-plan`, for cases that no route of the platform has. */
export const trialRoute = (changes: Partial<RouteDeclaration>): readonly Route[] =>
  Object.values(
    defineRoutes('planning', {
      'try-plan': {
        method: 'POST',
        path: '/v1/planning/trials',
        summary: 'Tries a plan',
        access: 'write',
        backends: ['database'],
        responses: { 204: { description: 'Tried' } },
        ...changes,
      },
    }),
  )
