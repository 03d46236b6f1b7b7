import { Module } from '@nestjs/common';
import { ListScopes } from './list-scopes.js';
import { ScopesController } from './scopes.controller.js';

@Module({ controllers: [ScopesController], providers: [ListScopes] })
export class ScopesModule {}
