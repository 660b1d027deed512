import type { Household, Preferences, User } from '../../db/queries/identity/identity.ts'

export const presentUser = (row: User) => ({
  id: row.id,
  email: row.email,
  isVerified: row.isVerified,
  firstName: row.firstName,
  lastName: row.lastName,
  role: row.role,
  company: row.company,
  title: row.title,
  licenseNumber: row.licenseNumber,
  mfaEnabled: row.mfaEnabled,
  failedLoginAttempts: row.failedLoginAttempts,
  lockedUntil: row.lockedUntil,
  lastLogin: row.lastLogin,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

export const presentUserSummary = (row: User) => ({
  id: row.id,
  email: row.email,
  role: row.role,
  isActive: row.isActive,
  failedLoginAttempts: row.failedLoginAttempts,
  lockedUntil: row.lockedUntil,
  lastLogin: row.lastLogin,
  createdAt: row.createdAt,
})

export const presentPreferences = (row: Preferences) => ({
  theme: row.theme,
  locale: row.locale,
  timezone: row.timezone,
  currency: row.currency,
  notifications: row.notifications,
  trading: row.trading,
  dashboardLayout: row.dashboardLayout,
  version: row.version,
  updatedAt: row.updatedAt,
})

export const presentHousehold = (row: Household) => ({
  id: row.id,
  name: row.name,
  timezone: row.timezone,
  currency: row.currency,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
