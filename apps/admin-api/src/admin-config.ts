import { ServiceConfig } from '@paygate/nest-kit';
import { Matches } from 'class-validator';

/** Environment of admin-api. */
export class AdminConfig extends ServiceConfig {
  override PORT: number = 3001;

  override MONGODB_DATABASE: string = 'paygate_admin';

  /** Where integrators reach this service, e.g. `https://api.example.com`; shown in the OpenAPI document. */
  @Matches(/^https?:\/\/[^\s/]+$/, { message: '$property must be an origin like https://api.example.com, without a path' })
  ADMIN_PUBLIC_URL: string = 'http://127.0.0.1:3001';
}
