export { isAtLeast, leastRoleWith, ROLE_SCOPES, ROLES } from './auth/roles.js';
export type { Role } from './auth/roles.js';
export { grants, isGrantable, resourceOf, SCOPES } from './auth/scopes.js';
export type { Scope } from './auth/scopes.js';
export { ConfigError } from './config/config-error.js';
export { FalseInProduction } from './config/config-validators.js';
export { loadConfig } from './config/load-config.js';
export { ServiceConfig } from './config/service-config.js';
export { acceptRequestId, acceptTraceparent, currentContext, newRequestId, runInContext } from './context/request-context.js';
export type { RequestContext } from './context/request-context.js';
export { classifyError } from './errors/classify-error.js';
export type { ClassifiedError } from './errors/classify-error.js';
export { DomainExceptionFilter } from './errors/domain-exception.filter.js';
export { presentAdminError } from './errors/error-presenter.js';
export type { ErrorPresenter, PresentableError, SurfacePresenter } from './errors/error-presenter.js';
export { HealthRegistry } from './health/health-registry.js';
export type { CheckResult } from './health/health-registry.js';
export { createService } from './http/create-service.js';
// Brings `request.rawBody` into the types of whoever uses the kit.
export type {} from './http/raw-body.js';
export type { ServiceOptions } from './http/create-service.js';
export { stopService } from './http/graceful-stop.js';
export { runService, startService } from './http/run-service.js';
export { ServiceLifecycle } from './http/service-lifecycle.js';
export { createLogger } from './logging/logger.js';
export { NestPinoLogger } from './logging/nest-pino-logger.js';
export { redactText } from './logging/redaction.js';
export { MetricsRegistry } from './metrics/metrics-registry.js';
export { ApiErrors } from './openapi/api-errors.js';
export type { DescribeAccess, ErrorBodyDescription, OperationAccess } from './openapi/document.js';
export { setupOpenApi } from './openapi/setup-open-api.js';
export type { OpenApiOptions } from './openapi/setup-open-api.js';
export { NameServers } from './outbound/name-servers.js';
export type { NameResolver } from './outbound/name-servers.js';
export { isPublicAddress, TargetGuard, TargetNotAllowedError } from './outbound/target-guard.js';
export { BrowserAssets } from './pages/browser-assets.js';
export type { AssetBundle, BrowserAsset } from './pages/browser-assets.js';
export { contentSecurityPolicy, sendAsset, sendHtml } from './pages/html-reply.js';
export type { HtmlReply, PageSources } from './pages/html-reply.js';
export { decodeCursor, encodeCursor } from './pagination/cursor.js';
export type { Cursor } from './pagination/cursor.js';
export { PageQuery, presentPage } from './pagination/page.js';
export type { Page } from './pagination/page.js';
export { rateLimitAddress } from './rate-limit/addresses.js';
export {
  ADMIN_API_POLICY,
  BUYER_POLICY,
  FAILED_AUTHENTICATION_POLICY,
  PANEL_POLICIES,
  SIGN_IN_POLICY,
  TEST_RECEIVER_POLICY,
  VAT_ID_POLICY,
} from './rate-limit/policies.js';
export type { PanelRole, RateLimitPolicy, RateLimitWindow } from './rate-limit/policies.js';
export { RateLimitModule } from './rate-limit/rate-limit.module.js';
export type { RateLimitOptions } from './rate-limit/rate-limit.module.js';
export { RateLimiter } from './rate-limit/rate-limiter.js';
export { enforceRateLimit, rateLimitHeaders } from './rate-limit/verdict.js';
export type { RateLimitVerdict } from './rate-limit/verdict.js';
export { openImpatientRedis } from './redis/impatient-redis.js';
export { PeriodicTask } from './scheduling/periodic-task.js';
export type { PeriodicTaskOptions, TaskLogger } from './scheduling/periodic-task.js';
export { Sweep } from './scheduling/sweep.js';
export type { SweepOptions } from './scheduling/sweep.js';
export { SERVICE_LOGGER, ServiceKitModule } from './service-kit.module.js';
export { EmptyAsAbsent, IntegralNumber } from './transforms/body-transforms.js';
export { describeProblems } from './validation/field-problems.js';
export { createValidationPipe, invalidFields } from './validation/validation-pipe.js';
