import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { requirePermission } from '../access/index.js';
import { guardedRequest, requestRow } from '../access/index.js';

/** Last guard: role and scope. A route without a row in the access table never gets here. */
@Injectable()
export class PermissionGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = guardedRequest(context);
    requirePermission(requestRow(request), request.access);
    return true;
  }
}
