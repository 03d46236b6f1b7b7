import { Module } from '@nestjs/common';
import { ValidateVatId } from './validate-vat-id.js';
import { ViesController } from './vies.controller.js';

@Module({ controllers: [ViesController], providers: [ValidateVatId] })
export class ViesModule {}
