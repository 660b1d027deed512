import { Badge } from '../../components/page.tsx'
import type { Stage } from './stages.ts'
import { stages } from '#messages/plan-assumptions'

const kinds = { draft: 'plain', in_review: 'info', approved: 'good', retired: 'warn' } as const

export const StageBadge = ({ stage }: { readonly stage: Stage }) => <Badge kind={kinds[stage]}>{stages[stage]}</Badge>
