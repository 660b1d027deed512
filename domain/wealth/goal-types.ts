export const goalKinds = ['retirement', 'education', 'home', 'emergency_fund', 'vehicle', 'travel', 'other'] as const
export type GoalKind = (typeof goalKinds)[number]

export const goalStatuses = ['active', 'reached', 'paused', 'dropped'] as const
export type GoalStatus = (typeof goalStatuses)[number]
