function mpc = herding
% Three buses in a triangle: cheap water at bus 1, coal at bus 2, gas at bus 3. All figures are round and made up.
mpc.version = '2';
mpc.baseMVA = 100;
%	bus_i	type	Pd	Qd	Gs	Bs	area	Vm	Va	baseKV	zone	Vmax	Vmin
mpc.bus = [
	1	3	200	0	0	0	1	1	0	220	1	1.1	0.9;
	2	1	500	0	0	0	1	1	0	220	1	1.1	0.9;
	3	1	300	0	0	0	1	1	0	220	1	1.1	0.9;
];
%	bus	Pg	Qg	Qmax	Qmin	Vg	mBase	status	Pmax	Pmin
mpc.gen = [
	1	0	0	0	0	1	100	1	360	0;
	1	0	0	0	0	1	100	1	300	0;
	2	0	0	0	0	1	100	1	900	0;
	3	0	0	0	0	1	100	1	500	0;
];
%	fbus	tbus	r	x	b	rateA	rateB	rateC	ratio	angle	status	angmin	angmax
mpc.branch = [
	1	2	0	0.1	0	60	0	0	0	0	1	-360	360;
	1	3	0	0.1	0	60	0	0	0	0	1	-360	360;
	2	3	0	0.1	0	300	0	0	0	0	1	-360	360;
];
%	model	startup	shutdown	n	c1	c0
mpc.gencost = [
	2	0	0	2	10	0;
	2	0	0	2	60	0;
	2	0	0	2	30	0;
	2	0	0	2	45	0;
];
mpc.genfuel = {
	'hydro';
	'gas';
	'coal';
	'gas';
};
