function mpc = three_bus
% Three buses in a triangle of equal reactances: the test system of the marginal-emission signals (docs/model.md, 3.2).
% Demand is 20, 40 and 150 MW with the compute load of the scenario: 10 MW of it at bus 1 and 10 MW at bus 2.
mpc.version = '2';
mpc.baseMVA = 100;
%	bus_i	type	Pd	Qd	Gs	Bs	area	Vm	Va	baseKV	zone	Vmax	Vmin
mpc.bus = [
	1	3	10	0	0	0	1	1	0	220	1	1.1	0.9;
	2	1	30	0	0	0	1	1	0	220	1	1.1	0.9;
	3	1	150	0	0	0	1	1	0	220	1	1.1	0.9;
];
%	bus	Pg	Qg	Qmax	Qmin	Vg	mBase	status	Pmax	Pmin
mpc.gen = [
	1	0	0	0	0	1	100	1	200	0;
	2	0	0	0	0	1	100	1	200	0;
];
%	fbus	tbus	r	x	b	rateA	rateB	rateC	ratio	angle	status	angmin	angmax
mpc.branch = [
	1	2	0	0.1	0	0	0	0	0	0	1	-360	360;
	1	3	0	0.1	0	70	0	0	0	0	1	-360	360;
	2	3	0	0.1	0	0	0	0	0	0	1	-360	360;
];
%	model	startup	shutdown	n	c1	c0
mpc.gencost = [
	2	0	0	2	20	0;
	2	0	0	2	45	0;
];
mpc.genfuel = {
	'coal';
	'gas';
};
