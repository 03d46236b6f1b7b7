import { Module } from '@nestjs/common';
import { DashboardController } from './dashboard.controller.js';
import { GetDashboard } from './get-dashboard.js';

@Module({ controllers: [DashboardController], providers: [GetDashboard] })
export class DashboardModule {}
