export { dayIn, startOfDay } from './start-of-day.js';
export { quarterPeriod, zonedPeriod } from './zoned-period.js';
export type { ZonedPeriod } from './zoned-period.js';
export { IsZonedDate } from './zoned-date.js';
export { ZonedPeriodQuery } from './zoned-period.query.js';
